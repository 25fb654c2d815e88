"""What a sentence says that cannot be so by its own figures. In prose: docs/rules/sentences.md.

Each module is one kind of slip. None knows where the sentence stands: a text goes in, and the
slips of its sentences come out, in order.
"""
