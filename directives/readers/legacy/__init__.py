"""Text from before Unicode, and text that lost its way to it: recognised by its words, put right, doubted.

Looked at closely only where the quick test (`quick`) fires. `tables.toml` holds the facts.
"""
