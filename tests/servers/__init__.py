"""Servers that tests talk to: a real Dovecot (`dovecot`), a server that says whatever a test wants (`scripted`), certificates."""
