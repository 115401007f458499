"""Read pictures of pages: what a scanner or a camera made of a document.

`picture` sets a page straight, `engine` (Tesseract) finds words with their boxes, `quarters` mends Roman
numerals, `words` hands pieces of lines to the layout that PDF files go through too, `shelf` keeps results.
"""
