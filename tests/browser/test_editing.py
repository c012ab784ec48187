"""A curator saves the data file while a viewer looks at it."""

from playwright.sync_api import expect

from tests.frozen import FROZEN


def test_saves_show_on_the_next_click_and_a_broken_one_keeps_the_view(dashboard, fresh_server, tmp_path):
    file = tmp_path / "curated.yaml"
    good = FROZEN.read_text("utf-8")
    file.write_text(good, "utf-8")
    page = dashboard.open("/threats?years=2022", fresh_server(CSTO_DATA=str(file)))
    footer, alert = page.locator(".st-key-footer"), page.locator(".notice[role=alert]")
    expect(footer).to_contain_text("Version 2.0.0")

    def press_next() -> str:
        with dashboard.rerun():
            page.get_by_role("link", name="Next", exact=True).first.click()
        return page.url

    file.write_text(good.replace("version: 2.0.0", "version: 2.0.1"), "utf-8")
    press_next()
    expect(footer).to_contain_text("Version 2.0.1")

    file.write_text(good[: len(good) // 2], "utf-8")
    selected = press_next()
    expect(alert).to_contain_text("is not in order")
    expect(page.locator(".problems")).to_contain_text("curated.yaml:")
    expect(footer).to_contain_text("Version 2.0.1")
    assert "years=2022" in selected
    assert "sel=" in selected

    file.unlink()
    press_next()
    expect(alert).to_contain_text("is not in order")
    expect(footer).to_contain_text("Version 2.0.1")

    file.write_text(good.replace("version: 2.0.0", "version: 2.0.2"), "utf-8")
    press_next()
    expect(alert).to_have_count(0)
    expect(footer).to_contain_text("Version 2.0.2")
