"""The one catalogue of translations: collected from the source, kept as .po, compiled for server and front end."""
