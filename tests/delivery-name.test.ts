import { expect, test } from "vitest";
import { readFormats } from "../pipelines/format.ts";
import { looksLikeDelivery, parseDeliveryName } from "../pipelines/ingest/delivery-name.ts";

const formats = await readFormats();

test.each([
    ["his-lang_01053293_20240630.zip", false, ["his-lang", "01053293", "2024-06-30", 1, "zip"]],
    ["his-breed_regio_20240630", true, ["his-breed", "regio", "2024-06-30", 1, "folder"]],
    ["viplive_regio_20240630_2.zip", false, ["viplive", "regio", "2024-06-30", 2, "zip"]],
    ["HIS-Journaal_01053293_20240229_12.GZ", false, ["his-journaal", "01053293", "2024-02-29", 12, "gz"]],
])("%s says layout, sender, peildatum and volgnr", (name, isFolder, expected) => {
    const { format, sender, peildatum, sequence, kind } = parseDeliveryName(`/inbox/${name}`, isFolder, formats);
    expect([format.name, sender, peildatum, sequence, kind]).toEqual(expected);
});

test.each([
    ["export.zip", false, "naam_onbekend"],
    ["his-lang_1053293_20240630.zip", false, "naam_onbekend"],
    ["his-lang_01053293_20240631.zip", false, "naam_onbekend"],
    ["his-lang_01053293_20230229.zip", false, "naam_onbekend"],
    ["his-lang_01053293_20240630.csv", false, "naam_onbekend"],
    ["his-lang_01053293_20240630", false, "naam_onbekend"],
    ["his-lang_01053293_20240630.zip", true, "naam_onbekend"],
    ["his-lang_01053293_20240630_0.zip", false, "naam_onbekend"],
    ["his-lang_01053293_20240630.gz", false, "naam_onbekend"],
    ["his-lang_regio_20240630.zip", false, "naam_onbekend"],
    ["viplive_01053293_20240630.zip", false, "naam_onbekend"],
    ["his-rond_01053293_20240630.zip", false, "indeling_onbekend"],
])("%s is refused", (name, isFolder, code) => {
    expect(() => parseDeliveryName(name, isFolder, formats)).toThrow(expect.objectContaining({ code }));
});

test("a name of the delivery's form is a delivery, whatever is wrong with it", () => {
    expect(looksLikeDelivery("a/his-rond_01053293_20249999_3.zip")).toBe(true);
    expect(looksLikeDelivery("leveringen")).toBe(false);
});
