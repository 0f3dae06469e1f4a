// A thread knows nothing of how its process runs sources: tsx is registered here again, as pipelines/regiospiegel.js does.
import { register } from "tsx/esm/api";

register();
await import("./drawing-worker.ts");
