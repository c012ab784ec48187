"""Charts: `charts/NAME.py` says what stands where (`grid`), `layout` places it, writers draw it.

    charts.chart.chart(name, tables, axis) -> Chart

Pure: tables in, pictures out. No Streamlit, files, clock or network.
"""
