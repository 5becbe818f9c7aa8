"""Put src/ on the environment's path and write bin/guiju, without building a package (works offline)."""
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
site = Path(sysconfig.get_paths()["purelib"])
(site / "guiju.pth").write_text(str(ROOT / "src") + "\n")
script = Path(sys.prefix) / "bin" / "guiju"
script.write_text(f"#!{sys.executable}\nimport sys\nfrom guiju.cli import main\nsys.exit(main())\n")
script.chmod(0o755)
