// Runs at the edge on every request of a visitor (CloudFront Functions, cloudfront-js-2.0; 10 KB at most). Its engine knows
// ES 5.1 and little more, so: no classes, no destructuring, no spread, no optional chaining, awaits one after another.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
//
// Two locks stand before a page: CloudFront itself checks the signed cookies of a path, and this function checks the
// visitor's pass. The function alone knows who reads, so it is also what writes down who opened what (NEN 7513), and what
// can refuse somebody at once. Everything that is not named public needs a pass.
import cf from "cloudfront";

const crypto = require("crypto");
// What changes without a deployment: the live publication, the keys of passes, and who was turned away.
const facts = cf.kvs();

const CLEAN = /^\/(?:[A-Za-z0-9][A-Za-z0-9_-]*\/)*(?:[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9]+){0,2})?$/;
const LONGEST_PATH = 512;
const LONGEST_PASS = 1024;
const PUBLIC = /^\/(?:(?:index\.html)?$|definities\/|assets\/)/;
const LOGIN = "/toegang/";
const DOOR = "/deur/";
const REFUSED = "/deur/geweigerd.html";
// No file has this name: the origin answers 404, and the visitor gets the page for that.
const NOWHERE = "/deur/nergens";

async function handler(event) {
    const request = event.request;
    const uri = request.uri;
    if (typeof uri !== "string" || uri.length > LONGEST_PATH || !CLEAN.test(uri)) return toOrigin(request, NOWHERE);
    if (uri.indexOf(LOGIN) === 0) return request;
    // A name without extension is a page, and a page ends in a slash.
    if (!/[/.]/.test(uri.charAt(uri.length - 1)) && uri.lastIndexOf(".") < uri.lastIndexOf("/")) {
        return redirect(308, `${uri}/`);
    }
    if (uri.indexOf(DOOR) === 0) return toOrigin(request, uri);
    if (!PUBLIC.test(uri)) {
        const pass = await readPass(request.cookies);
        const allowed = pass !== null && pass.p.length > 1 && uri.indexOf(pass.p) === 0 && !(await isTurnedAway(pass));
        if (pass !== null) record(event, pass, allowed);
        if (!allowed) return redirect(302, `${REFUSED}?naar=${uri}`);
    }
    const publication = await fact("publicatie");
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(publication)) return toOrigin(request, NOWHERE);
    return toOrigin(request, `/${publication}${uri}${uri.charAt(uri.length - 1) === "/" ? "index.html" : ""}`);
}

// The pass of this request when it is whole, ours and still valid; null otherwise. Two passes are none.
async function readPass(cookies) {
    const cookie = cookies && cookies["regiospiegel-pas"];
    if (!cookie || cookie.multiValue || typeof cookie.value !== "string" || cookie.value.length > LONGEST_PASS)
        return null;
    const parts = /^([a-z0-9]{1,16})\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{43})$/.exec(cookie.value);
    if (!parts) return null;
    const key = await fact(`sleutel.${parts[1]}`);
    // A short key would be a mistake of ours, and no key at all would let anybody sign.
    if (key.length < 32) return null;
    const expected = crypto.createHmac("sha256", key).update(`${parts[1]}.${parts[2]}`).digest("base64url");
    if (!isSame(expected, parts[3])) return null;
    try {
        const pass = JSON.parse(Buffer.from(parts[2], "base64url").toString());
        return typeof pass.p === "string" && typeof pass.e === "number" && Date.now() < pass.e * 1000 ? pass : null;
    } catch (e) {
        return null;
    }
}

// In a time that does not tell where two texts differ.
function isSame(expected, given) {
    let difference = expected.length ^ given.length;
    for (let at = 0; at < expected.length; at += 1) difference |= expected.charCodeAt(at) ^ given.charCodeAt(at);
    return difference === 0;
}

async function isTurnedAway(pass) {
    return (await facts.exists(`weg.${pass.w}`)) || (await facts.exists(`weg.${pass.s}`));
}

async function fact(name) {
    try {
        return await facts.get(name);
    } catch (e) {
        return "";
    }
}

// The fields are those of pipelines/access/audit-log.ts.
function record(event, pass, allowed) {
    console.log(
        JSON.stringify({
            at: new Date().toISOString(),
            event: "pagina",
            action: "R",
            outcome: allowed ? 0 : 8,
            who: pass.w,
            role: pass.r,
            session: pass.s,
            object: pass.p,
            detail: event.request.uri,
            from: event.viewer.ip,
        }),
    );
}

// Cookies and queries say nothing about a file; without them nobody fills the cache with copies.
function toOrigin(request, uri) {
    request.uri = uri;
    request.cookies = {};
    request.querystring = {};
    return request;
}

function redirect(status, target) {
    return {
        statusCode: status,
        statusDescription: status === 308 ? "Permanent Redirect" : "Found",
        headers: { location: { value: target }, "cache-control": { value: "private, no-store" } },
    };
}
