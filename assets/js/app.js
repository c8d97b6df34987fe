import { Application } from "../vendor/stimulus.js";
