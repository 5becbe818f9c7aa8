"""VIPs: their plans, who does what before and after they come, what they like."""
