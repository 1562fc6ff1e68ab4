/** The shapes of the countries; `build/world.ts` makes them. */
declare module 'virtual:world' {
  import type { GeometryCollection, Topology } from 'topojson-specification';

  const world: Topology<{ countries: GeometryCollection }>;
  export default world;
}
