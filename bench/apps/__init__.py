"""What the dashboard is measured against: an empty Streamlit app, and one chart with one filter in Dash."""
