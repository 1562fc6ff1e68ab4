import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import world from 'virtual:world';

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Reads the steps of an arc: the sign in the lowest bit, then five bits a letter, as source maps write numbers. */
export function arcOf(letters: string): [number, number][] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const letter of letters) {
    const five = digits.indexOf(letter);
    value |= (five & 31) << shift;
    shift += 5;
    if (five < 32) {
      numbers.push((value & 1) === 1 ? -(value >>> 1) : value >>> 1);
      value = 0;
      shift = 0;
    }
  }

  return Array.from({ length: numbers.length / 2 }, (_, at) => [numbers[at * 2] ?? 0, numbers[at * 2 + 1] ?? 0]);
}

/** The shapes of the countries as GeoJSON. */
export function land(): { type: 'FeatureCollection'; features: object[] } {
  const countries: GeometryCollection = { type: 'GeometryCollection', geometries: world.geometries };
  const topology: Topology<{ countries: GeometryCollection }> = {
    type: 'Topology',
    transform: { scale: [world.grid, world.grid], translate: [0, 0] },
    objects: { countries },
    arcs: world.arcs.split(' ').map(arcOf),
  };
  return { type: 'FeatureCollection', features: feature(topology, countries).features };
}
