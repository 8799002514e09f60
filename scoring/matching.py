"""Pairing everyone in a graph: Edmonds' blossom search for one augmenting path, on plain dictionaries.

Source: J. Edmonds, Paths, trees, and flowers (1965), in the breadth-first form with contracted bases.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Set

Graph = Mapping[str, Set[str]]
Mates = dict[str, str]


def most_pairs(graph: Graph) -> Mates:
    """A matching with as many pairs as there can be, both ways round."""
    mates: Mates = {}
    for node in graph:
        if node not in mates:
            augment(graph, mates, node)
    return mates


def augment(graph: Graph, mates: Mates, root: str) -> bool:
    """Give ``root`` a mate by changing pairs along one path, if that can be; ``mates`` is changed in place."""
    end, parent = _Search(graph, mates, root).run()
    if end is None:
        return False
    node: str | None = end
    while node is not None:
        before = parent[node]
        following = mates.get(before)
        mates[node], mates[before] = before, node
        node = following
    return True


class _Search:
    """One breadth-first search for an augmenting path; odd circles are contracted to their base."""

    def __init__(self, graph: Graph, mates: Mates, root: str) -> None:
        self._graph, self._mates, self._root = graph, mates, root
        self._parent: dict[str, str] = {}
        self._base = {node: node for node in graph}
        self._even = {root}
        self._queue = deque([root])

    def run(self) -> tuple[str | None, dict[str, str]]:
        while self._queue:
            node = self._queue.popleft()
            for other in sorted(self._graph[node]):
                end = self._look(node, other)
                if end is not None:
                    return end, self._parent
        return None, self._parent

    def _look(self, node: str, other: str) -> str | None:
        """Follow one edge; gives the end of an augmenting path if this is one."""
        if self._base[node] == self._base[other] or self._mates.get(node) == other:
            return None
        if other == self._root or (other in self._mates and self._mates[other] in self._parent):
            self._contract(node, other)
        elif other not in self._parent:
            self._parent[other] = node
            if other not in self._mates:
                return other
            self._reach(self._mates[other])
        return None

    def _reach(self, node: str) -> None:
        if node not in self._even:
            self._even.add(node)
            self._queue.append(node)

    def _contract(self, left: str, right: str) -> None:
        base = self._common_base(left, right)
        blossom: set[str] = set()
        self._mark(left, base, right, blossom)
        self._mark(right, base, left, blossom)
        for node in self._graph:
            if self._base[node] in blossom:
                self._base[node] = base
                self._reach(node)

    def _common_base(self, left: str, right: str) -> str:
        seen: set[str] = set()
        while True:
            left = self._base[left]
            seen.add(left)
            if left not in self._mates:
                break
            left = self._parent[self._mates[left]]
        while self._base[right] not in seen:
            right = self._parent[self._mates[self._base[right]]]
        return self._base[right]

    def _mark(self, node: str, base: str, child: str, blossom: set[str]) -> None:
        while self._base[node] != base:
            blossom |= {self._base[node], self._base[self._mates[node]]}
            self._parent[node] = child
            child = self._mates[node]
            node = self._parent[child]
