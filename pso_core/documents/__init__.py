"""How the work is handed in: blocks without format, and the writers that give them one."""
