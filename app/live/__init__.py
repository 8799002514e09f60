"""Live state: topics, versioned snapshots, and the sockets they go out on."""
