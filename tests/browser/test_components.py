"""Every component, as people see it."""

from __future__ import annotations

import pytest

from tests import long


@pytest.mark.parametrize("language", long.first(1, ["id", "en"]))
def test_the_components_are_legible_and_without_barriers(site, look, language):
    look(f"{site.url}/_components?lang={language}", f"components-{language}")


@pytest.mark.long
def test_the_page_that_says_no_is_legible_and_without_barriers(site, look):
    look(f"{site.url}/tidak-ada", "error-404", status=404)


def test_a_stepper_steps_within_its_bounds(site, browser):
    page = browser.new_page(locale="id")
    page.goto(f"{site.url}/_components")
    bags, more, less = (
        page.locator("#f-bags_large"),
        page.get_by_label("Kantong besar: tambah"),
        page.get_by_label("Kantong besar: kurangi"),
    )
    more.click()
    assert bags.input_value() == "2"
    less.click(click_count=2)
    assert bags.input_value() == "0"
    assert less.is_disabled()
    page.close()


def test_without_script_a_stepper_is_a_plain_number_field(site, browser):
    context = browser.new_context(java_script_enabled=False, locale="id")
    page = context.new_page()
    page.goto(f"{site.url}/_components")
    assert page.locator("#f-bags_large").is_visible()
    assert not page.locator("#stepper button").first.is_visible()
    assert not page.locator("print-page").first.is_visible()
    context.close()


def test_the_keyboard_reaches_the_content_past_the_ways(site, browser):
    page = browser.new_page(locale="id")
    page.goto(f"{site.url}/metode")  # the page of components shows an error summary, which takes the focus
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Langsung ke isi"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"
    page.close()


def test_the_way_in_the_foot_changes_theme_and_language_and_stays(site, browser):
    context = browser.new_context(locale="id", color_scheme="light")
    page = context.new_page()
    page.goto(f"{site.url}/_components")
    light = page.evaluate(
        "getComputedStyle(document.body).backgroundColor + getComputedStyle(document.documentElement).backgroundColor"
    )
    page.get_by_role("link", name="Gelap").click()
    page.get_by_role("contentinfo").get_by_role("link", name="English").click()
    page.goto(f"{site.url}/_components")
    assert page.locator("html").get_attribute("lang") == "en"
    assert (
        page.evaluate(
            "getComputedStyle(document.body).backgroundColor + getComputedStyle(document.documentElement).backgroundColor"
        )
        != light
    )
    context.close()
