"""The edge where Folium describes maps and features are packed for them."""
