/** The shapes of the countries, packed; `build/world.ts` makes them. */
declare module 'virtual:world' {
  const world: import('../build/world.ts').PackedWorld;
  export default world;
}
