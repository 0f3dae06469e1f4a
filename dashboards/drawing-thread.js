// A thread knows nothing of how its process runs sources, so it is told here again; then it draws.
import { register } from "node:module";

register("./drawing-loader.js", import.meta.url);
await import("./drawing-worker.ts");
