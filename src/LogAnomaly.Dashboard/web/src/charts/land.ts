import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import world from 'virtual:world';

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The longitude at the left of the map: the strait between Asia and America. */
export const westmost = -169;

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

/**
 * A ring in one piece where it crosses the 180th meridian, which the shapes do without a cut: it goes on beyond 180
 * degrees, and so do islands that lie west of what the map shows on the left.
 */
export function unwrapped(ring: readonly (readonly number[])[]): number[][] {
  let turn = 0;
  let before = ring[0]?.[0] ?? 0;
  const points = ring.map(([x = 0, y = 0]) => {
    turn += x - before > 180 ? -360 : x - before < -180 ? 360 : 0;
    before = x;
    return [x + turn, y];
  });
  const middle = points.reduce((sum, [x = 0]) => sum + x, 0) / Math.max(1, points.length);
  const shift = middle < westmost ? 360 : middle > westmost + 360 ? -360 : 0;
  return points.map(([x = 0, y = 0]) => [x + shift, y]);
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
  const { features } = feature(topology, countries);
  for (const { geometry } of features) {
    if (geometry.type === 'Polygon') {
      geometry.coordinates = geometry.coordinates.map(unwrapped);
    } else if (geometry.type === 'MultiPolygon') {
      geometry.coordinates = geometry.coordinates.map((polygon) => polygon.map(unwrapped));
    }
  }

  return { type: 'FeatureCollection', features };
}
