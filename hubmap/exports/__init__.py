"""What is published as files to work with elsewhere: tables, GeoJSON, GeoPackages, and the findings as a document."""
