/** A division's standings for one region alone: its entries, with their places among themselves. */

import type { Names, StandingsData } from '../../app/client/feed/shapes';

/** The rows of a region in their order; entries that share a place in the whole share it here too. */
export function ofRegion(data: StandingsData, region: string | null): StandingsData {
  if (region === null) return data;
  const rows = data.rows.filter((row) => row.entry.region_code === region);
  const ranks = rows.map((row) => row.rank);
  const placeOf = (rank: number | null) => (rank === null ? null : ranks.indexOf(rank) + 1);
  return { ...data, rows: rows.map((row) => ({ ...row, rank: placeOf(row.rank), moved: 0 })) };
}

/** What the region is called, by one of its entries. */
export function regionOf(data: StandingsData, region: string | null): Names | null {
  return data.rows.find((row) => row.entry.region_code === region)?.entry.region ?? null;
}
