"""The risk register as pages, files and forms; what it says is made in the app ``risks``."""
