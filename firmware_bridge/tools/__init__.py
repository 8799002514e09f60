"""What a person does by hand around the bridge: record, replay, flash a board, ask what is wrong."""
