"""One module a repository; each is bound to a server when it is made and never commits."""
