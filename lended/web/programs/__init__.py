"""What every address for programs shares: reading, answering, keys against repetition, description.

What a program may send is what a form of a page takes, and is judged by that form; what it is
answered is a frozen dataclass. Both describe themselves, so the OpenAPI description is drawn from
them and cannot differ from what happens.
"""
