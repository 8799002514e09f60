"""What is handed out: protocols, exports, diplomas, archives."""
