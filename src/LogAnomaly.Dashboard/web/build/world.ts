import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { GeometryObject, MultiPolygon, Polygon, Topology } from 'topojson-specification';
import type { Plugin } from 'vite';

/** The name under which the page imports the shapes. */
const name = 'virtual:world';

/** Degrees of a step of the grid; a pixel of the map is about half a degree. */
const grid = 0.2;

/** ISO 3166-1 code of Antarctica, which would take a fifth of the map. */
const antarctica = '010';

type Shape = Polygon | MultiPolygon;

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** A number as letters, as source maps write theirs: the sign in the lowest bit, then five bits a letter. */
function letters(value: number): string {
  let rest = value < 0 ? (-value << 1) | 1 : value << 1;
  let text = '';
  do {
    const five = rest & 31;
    rest >>>= 5;
    text += digits.charAt(rest > 0 ? five | 32 : five);
  } while (rest > 0);
  return text;
}

/** An arc on the coarser grid, as steps from point to point; points that fall together are left out. */
function coarse(arc: readonly (readonly number[])[], topology: Topology): number[][] {
  const { scale, translate } = topology.transform ?? { scale: [1, 1], translate: [0, 0] };
  const points: number[][] = [];
  let [x, y] = [0, 0];
  let before: [number, number] | undefined;
  for (const [dx = 0, dy = 0] of arc) {
    x += dx;
    y += dy;
    const at: [number, number] = [
      Math.round((x * scale[0] + translate[0]) / grid), Math.round((y * scale[1] + translate[1]) / grid),
    ];
    if (at[0] !== before?.[0] || at[1] !== before[1]) {
      points.push(before === undefined ? at : [at[0] - before[0], at[1] - before[1]]);
      before = at;
    }
  }

  // The joining of arcs needs a last point beside the first.
  return points.length > 1 ? points : [...points, [0, 0]];
}

/** The shapes as the page gets them: the steps of each arc as letters, a fifth of what their numbers would take. */
export interface PackedWorld {
  grid: number;
  geometries: Shape[];
  arcs: string;
}

/** The shapes of the countries without what the map does not need: names, Antarctica, and detail beyond a pixel. */
export function smallWorld(topology: Topology): PackedWorld {
  const countries = topology.objects['countries'] as GeometryObject & { geometries: Shape[] };
  const shapes = countries.geometries.filter((shape) => String(shape.id) !== antarctica);
  const numbers = new Map<number, number>();
  const renumbered = (arcs: unknown): unknown => {
    if (typeof arcs !== 'number') {
      return (arcs as unknown[]).map(renumbered);
    }

    // An arc that runs backwards is the complement of its number.
    const arc = arcs < 0 ? ~arcs : arcs;
    const number = numbers.get(arc) ?? numbers.size;
    numbers.set(arc, number);
    return arcs < 0 ? ~number : number;
  };
  const geometries = shapes.map((shape) => ({ type: shape.type, arcs: renumbered(shape.arcs) }) as Shape);
  const arcs = [...numbers.keys()].map((arc) => coarse(topology.arcs[arc] ?? [], topology));
  return { grid, geometries, arcs: arcs.map((arc) => arc.flat().map(letters).join('')).join(' ') };
}

/** Gives the page the shapes of the countries, condensed from world-atlas when it is built. */
export function world(): Plugin {
  return {
    name: 'world',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load(id) {
      if (id !== `\0${name}`) {
        return undefined;
      }

      const file = createRequire(import.meta.url).resolve('world-atlas/countries-110m.json');
      const text = JSON.stringify(smallWorld(JSON.parse(readFileSync(file, 'utf8')) as Topology));
      // Parsing text is faster than reading the same as script.
      return `export default JSON.parse(${JSON.stringify(text)});`;
    },
  };
}
