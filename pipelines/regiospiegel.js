#!/usr/bin/env node
// The product is TypeScript without a build step: tsx is registered here, so that `npx regiospiegel` works straight after `npm ci`.
import { register } from "tsx/esm/api";

register();
const { main } = await import("./cli.ts");
process.exitCode = await main(process.argv.slice(2));
