// Imported first by every handler: from here on a source of ours is loaded as its compiled text.
import * as modules from "node:module";
import { load } from "./hooks.mjs";

if (modules.registerHooks) modules.registerHooks({ load });
else modules.register("./hooks.mjs", import.meta.url);
