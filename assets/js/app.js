// Starts the controllers of a page. Each is described in its own file.
import { Application } from "../vendor/stimulus.js";
import { config } from "../vendor/turbo.js";
import { ComposerController } from "./composer.js";
import { DialogController, FocusController, MenuController } from "./dialog.js";
import { HotkeysController } from "./hotkeys.js";
import { ListController } from "./list.js";
import { LiveController } from "./live.js";
import { PaletteController } from "./palette.js";
import { PaneController, ScrollController } from "./pane.js";
import { ThemeController } from "./theme.js";
import { ThreadController } from "./thread.js";
import { TimesController } from "./times.js";
import { ToastController } from "./toast.js";

// A bar for what takes longer than a blink; its look is in base.css.
config.drive.progressBarDelay = 300;

const application = Application.start();
const controllers = {
  composer: ComposerController,
  dialog: DialogController,
  focus: FocusController,
  hotkeys: HotkeysController,
  list: ListController,
  live: LiveController,
  menu: MenuController,
  palette: PaletteController,
  pane: PaneController,
  scroll: ScrollController,
  theme: ThemeController,
  thread: ThreadController,
  times: TimesController,
  toast: ToastController,
};
for (const [name, controller] of Object.entries(controllers)) {
  application.register(name, controller);
}
