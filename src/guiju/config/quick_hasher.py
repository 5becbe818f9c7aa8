"""Argon2 with the smallest cost, for test mode only: the suite signs people in thousands of times."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    algorithm = "argon2quick"
    time_cost = 1
    memory_cost = 8
    parallelism = 1
