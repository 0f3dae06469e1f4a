import { afterAll } from "vitest";
import { clearScratch } from "./scratch.ts";

// A setup file of vitest: it runs anew for every test file, also where files share a process and its modules.
afterAll(clearScratch);
