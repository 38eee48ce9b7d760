"""The site: one blueprint per audience, made into an application by create_app."""
