// The thread opens at its newest message. What arrives later never moves the text that is
// being read: at the end it follows, elsewhere a button says that there is more below.
import { Controller } from "../vendor/stimulus.js";

const END_PX = 24;

export class ThreadController extends Controller {
  static targets = ["scroller", "pill"];

  connect() {
    this.toEnd();
    this.before = () => this.remember();
    this.after = () => this.arrived();
    this.rendered = () => this.toEnd();
    this.scrolled = () => {
      this.atEnd = this.isAtEnd();
      if (this.atEnd) this.pillTarget.hidden = true;
    };
    // The composer grows with its text: the newest message must not slip below it.
    this.sized = new ResizeObserver(() => this.atEnd && this.toEnd());
    this.sized.observe(this.scrollerTarget);
    this.element.addEventListener("live:before", this.before);
    this.element.addEventListener("live:after", this.after);
    this.scrollerTarget.addEventListener("scroll", this.scrolled, { passive: true });
    // The whole page was refreshed in place: this person has just sent something.
    document.addEventListener("turbo:morph", this.rendered);
  }

  disconnect() {
    this.sized.disconnect();
    this.element.removeEventListener("live:before", this.before);
    this.element.removeEventListener("live:after", this.after);
    this.scrollerTarget.removeEventListener("scroll", this.scrolled);
    document.removeEventListener("turbo:morph", this.rendered);
  }

  isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.scrollerTarget;
    return scrollHeight - scrollTop - clientHeight <= END_PX;
  }

  remember() {
    const selecting = String(getSelection()) !== "";
    const pointed = this.scrollerTarget.matches(":hover");
    this.follow = this.isAtEnd() && !selecting && !pointed;
    this.height = this.scrollerTarget.scrollHeight;
  }

  arrived() {
    if (this.scrollerTarget.scrollHeight <= this.height) return;
    if (this.follow) this.toEnd();
    else if (!this.isAtEnd()) this.pillTarget.hidden = false;
  }

  bottom() {
    this.toEnd();
    this.scrollerTarget.focus({ preventScroll: true });
  }

  toEnd() {
    this.scrollerTarget.scrollTop = this.scrollerTarget.scrollHeight;
    this.pillTarget.hidden = true;
    this.atEnd = true;
  }
}
