"""Suppliers, their products and what is stated about them."""
