import { type Room, roomOf } from "./room.ts";
import type { Figure, System } from "./system.ts";
import type { View } from "./view.ts";
import type { Target } from "./walk.ts";

/** A count of one practice that may move, alone or with the wider counts of the same practice that it is part of. */
interface Member extends Room {
    practice: string;
    /** Counts that move with it, and the sums over several practices that these are in. */
    places: readonly number[];
    above: readonly number[];
}

/** Practices whose counts are added up in the same hagro: together they move no further than its figures allow. */
interface Group extends Room {
    members: Member[];
    /** Counts of the hagro itself; empty for a practice without one. */
    places: readonly number[];
}

/** One count per practice of one indicator, stratum and moment, and what holds them together. */
interface Strip {
    groupOf: ReadonlyMap<string, Group>;
    memberOf: ReadonlyMap<string, Member>;
    /** Groups that exchange patients without any total above them changing. */
    circles: ReadonlyMap<Group, readonly Group[]>;
    changes: number;
}

/** The least and the most that a count can change by. */
const FIXED: Room = { down: 0, up: 0 };

/**
 * Other worlds in which patients are exchanged between the practices of one slice, while all totals above hagros, all
 * other indicators and all denominators stay as they are. Practices in hagros in totals are a tree, so how far one count
 * can move is found by adding up how far the others can: exact over whole numbers, and the same for every reader but for
 * the practices that it knows. What moves nothing else is a proof; that other worlds may exist too makes it a safe one.
 */
export class Exchanges {
    private readonly view: View;
    private readonly system: System;
    private readonly strips = new Map<string, Strip>();
    private readonly slices = new Map<string, Figure[]>();

    constructor(view: View) {
        this.view = view;
        this.system = view.system;
        for (const figure of view.system.figures.at(-1) ?? []) {
            if (figure?.cell.level !== "practice") continue;
            const slice = sliceOf(figure);
            const figures = this.slices.get(slice);
            if (figures) figures.push(figure);
            else this.slices.set(slice, [figure]);
        }
    }

    /** Different values that a practice's or hagro's count is sure to have, for readers who know these practices. */
    valuesOf({ figure, what }: Target, knowing: ReadonlySet<string>): number {
        const { cell } = figure;
        if (cell.level !== "practice" && cell.level !== "hagro") return 1;
        const strip = this.stripOf(figure, what === "denominator" ? "d" : "n");
        const place = what === "denominator" ? figure.d : figure.n;
        const member = strip.memberOf.get(cell.id);
        const group =
            cell.level === "practice"
                ? strip.groupOf.get(cell.id)
                : [...new Set(strip.groupOf.values())].find(({ places }) => places.includes(place));
        if (!group || (cell.level === "practice" && (!member?.places.includes(place) || knowing.has(cell.id))))
            return 1;
        const left = strip.circles.get(group) ?? [];
        let [down, up] = [0, 0];
        for (const other of left) {
            if (other === group) continue;
            const room = within(other, membersRoom(other, knowing));
            down += room.down;
            up += room.up;
        }
        // The totals stay, so the group moves against the others.
        const together = within(group, { down: -up, up: -down });
        if (cell.level === "hagro") return width(within(membersRoom(group, knowing), together));
        if (!member) return 1;
        const beside = membersRoom(group, knowing, member);
        return width(within(member, { down: together.down - beside.up, up: together.up - beside.down }));
    }

    private stripOf(figure: Figure, which: "n" | "d"): Strip {
        const slice = sliceOf(figure);
        const key = `${which}\t${slice}`;
        const known = this.strips.get(key);
        if (known?.changes === this.view.changes) return known;
        const made = this.strip((this.slices.get(slice) ?? []).map((one) => one[which]));
        this.strips.set(key, made);
        return made;
    }

    private strip(leaves: readonly number[]): Strip {
        const members = [...new Set(leaves)].filter((leaf) => leaf >= 0).map((leaf) => this.member(leaf));
        const byHagro = new Map<string, Group>();
        for (const member of members) {
            const places = this.hagrosOf(member);
            const key = places.length > 0 ? places.join(" ") : member.practice;
            const group = byHagro.get(key) ?? { members: [], places, ...this.roomOfAll(places) };
            byHagro.set(key, group);
            group.members.push(member);
        }
        const groups = [...byHagro.values()];
        this.holdStill(groups);
        const circles = new Map<string, Group[]>();
        for (const group of groups) {
            const ofHagro = group.places.flatMap((place) => this.system.partOf[place] ?? []);
            const totals = this.totalsOf([...group.members.flatMap(({ above }) => above), ...ofHagro]);
            circles.set(totals, [...(circles.get(totals) ?? []), group]);
        }
        return {
            groupOf: new Map(
                groups.flatMap((group) => group.members.map(({ practice }) => [practice, group] as const)),
            ),
            memberOf: new Map(members.map((member) => [member.practice, member])),
            circles: new Map(
                [...circles.values()].flatMap((circle) => circle.map((group) => [group, circle] as const)),
            ),
            changes: this.view.changes,
        };
    }

    private member(leaf: number): Member {
        const { practiceOf, partOf, wholeOf, sums } = this.system;
        const practice = practiceOf[leaf] ?? "";
        const places = [leaf];
        const above: number[] = [];
        for (const place of places) {
            for (const index of partOf[place] ?? []) {
                const whole = sums[index]?.whole ?? -1;
                if (practiceOf[whole] !== practice) above.push(index);
                else if (!places.includes(whole)) places.push(whole);
            }
        }
        // A count that is added up in two ways would have to move in both.
        const isFree = places.every((place) =>
            (wholeOf[place] ?? []).every(
                (index) => sums[index]?.parts.filter((part) => places.includes(part)).length === 1,
            ),
        );
        return { practice, places, above, ...(isFree ? this.roomOfAll(places) : FIXED) };
    }

    private hagrosOf({ above }: Member): number[] {
        const wholes = new Set(above.map((index) => this.system.sums[index]?.whole ?? -1));
        return [...wholes].filter((whole) => this.isHagro(whole)).sort((a, b) => a - b);
    }

    private isHagro(place: number): boolean {
        return this.system.figuresOf[place]?.some(({ cell }) => cell.level === "hagro") === true;
    }

    /**
     * Practices that the sums do not hold apart stay as they are: those that changed hagro or were counted anew between
     * publications, when most of their hagro was not.
     */
    private holdStill(groups: readonly Group[]): void {
        const { wholeOf, partOf, sums } = this.system;
        const still = new Set<Group>();
        const owner = new Map<number, Group>();
        for (const group of [...groups].sort((a, b) => b.members.length - a.members.length)) {
            const [first, ...others] = group.members.map((member) => this.totalsOf(member.above));
            if (others.some((totals) => totals !== first) || group.places.some((place) => owner.has(place)))
                still.add(group);
            else for (const place of group.places) owner.set(place, group);
        }
        const groupAt = new Map(
            groups.flatMap((group) =>
                group.members.flatMap(({ places, practice }) =>
                    places.map((place) => [place, { group, practice }] as const),
                ),
            ),
        );
        for (const group of groups) {
            const everyone = group.members.map(({ practice }) => practice).sort();
            const isConsistent = group.places.every((place) => {
                const below = (wholeOf[place] ?? []).every((index) => {
                    const parts = sums[index]?.parts ?? [];
                    const moved = parts
                        .flatMap((part) => groupAt.get(part) ?? [])
                        .filter((one) => !still.has(one.group));
                    const inside = parts.filter((part) => group.places.includes(part)).length;
                    if (inside > 0) return inside === 1 && moved.length === 0;
                    if (moved.some((one) => one.group !== group)) return false;
                    return (
                        moved
                            .map(({ practice }) => practice)
                            .sort()
                            .join(" ") === everyone.join(" ")
                    );
                });
                // A wider count of the same hagro must move along.
                return (
                    below &&
                    (partOf[place] ?? []).every((index) => {
                        const whole = sums[index]?.whole ?? -1;
                        return !this.isHagro(whole) || group.places.includes(whole);
                    })
                );
            });
            if (!isConsistent) still.add(group);
        }
        for (const group of still) for (const member of group.members) Object.assign(member, FIXED);
    }

    /** Sums above hagros among these. */
    private totalsOf(indices: readonly number[]): string {
        const totals = indices.filter((index) => !this.isHagro(this.system.sums[index]?.whole ?? -1));
        return [...new Set(totals)].sort((a, b) => a - b).join(" ");
    }

    private roomOfAll(places: readonly number[]): Room {
        let [down, up] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
        for (const place of places) {
            const room = roomOf(place, this.view);
            down = Math.max(down, room.down);
            up = Math.min(up, room.up);
        }
        return { down, up };
    }
}

function membersRoom({ members }: Group, knowing: ReadonlySet<string>, but?: Member): Room {
    let [down, up] = [0, 0];
    for (const member of members) {
        if (member === but || knowing.has(member.practice)) continue;
        down += member.down;
        up += member.up;
    }
    return { down, up };
}

function within(one: Room, other: Room): Room {
    return { down: Math.max(one.down, other.down), up: Math.min(one.up, other.up) };
}

function width({ down, up }: Room): number {
    return up - down + 1;
}

function sliceOf({ cell }: Figure): string {
    return `${cell.indicator}\t${cell.stratum ?? ""}\t${cell.period}`;
}
