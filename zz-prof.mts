import { DuckDBConnection } from "@duckdb/node-api";
const acc = new Map<string,[number,number]>();
for (const m of ["run","runAndReadAll"] as const) {
  const orig = (DuckDBConnection.prototype as any)[m];
  (DuckDBConnection.prototype as any)[m] = async function(this: any, sql: string, ...a: any[]) { const t=process.cpuUsage(); try { return await orig.call(this, sql, ...a);} finally { const k = m+" "+sql.replace(/\s+/g,' ').slice(0,70).replace(/[0-9a-f]{8,}|regiospiegel[^']*/g,'#'); const e=acc.get(k)??[0,0]; e[0]+=((x=>(x.user+x.system)/1000)(process.cpuUsage(t))); e[1]++; acc.set(k,e);} };
}
process.on("exit",()=>{ for (const [k,[ms,n]] of [...acc].sort((a,b)=>b[1][0]-a[1][0]).slice(0,30)) console.log(Math.round(ms), n, k); });
await import("/tmp/ingest/run.mts");
