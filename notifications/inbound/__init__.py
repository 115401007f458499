"""What comes back to the office's address: bounces, automatic replies, and what people write.

Nothing here ever answers a mail: an answer to an automatic answer is how loops begin (RFC 3834, 2).
"""
