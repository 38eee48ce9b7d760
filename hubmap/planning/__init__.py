"""What planners ask of a published version: where residents live, what hubs cover, and what a change would do."""
