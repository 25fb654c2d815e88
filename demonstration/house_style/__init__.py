"""The gallery of components: what each looks like with the worst that it can be given."""
