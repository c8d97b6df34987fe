// Light, dark, or as the computer says; remembered in a cookie, which the server reads.
import { Controller } from "../vendor/stimulus.js";

const YEAR_S = 31_536_000;

export class ThemeController extends Controller {
  static targets = ["choice"];

  choose({ currentTarget, params: { name = "" } }) {
    if (name) document.documentElement.dataset.theme = name;
    else delete document.documentElement.dataset.theme;
    const age = name ? YEAR_S : 0;
    document.cookie = `theme=${name}; Path=/; Max-Age=${age}; SameSite=Lax`;
    this.choiceTargets.forEach((choice) => {
      choice.setAttribute("aria-pressed", String(choice === currentTarget));
    });
  }
}
