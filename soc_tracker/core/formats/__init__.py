"""How dates are written, by language; Django finds the folder by ``FORMAT_MODULE_PATH``."""
