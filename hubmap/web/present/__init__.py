"""What a page shows, prepared before the template: frozen view models without a query, text without markup."""
