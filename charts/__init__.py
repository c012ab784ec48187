"""Figures over the tables: `marks` says what stands where in which shape, `figure` only draws it.

Pure: tables in, `plotly` figure out. No Streamlit, files, clock or network.
"""
