"""One thing of each kind at a point, so that every route of the console has something to be about."""

from dataclasses import dataclass

from domain.roles import Role
from storage import jobs, staff
from tests.console.conftest import Counter
from tests.storage import rows


@dataclass
class Things:
    """The ids that stand in addresses, by what stands before them."""

    point: str
    ids: dict[str, int]

    def path(self, pattern: str) -> str:
        """An address of the route table, about the thing of its kind."""
        for before, row in self.ids.items():
            if pattern.startswith(f"{before}/{{"):
                return pattern.replace("{id}", str(row))
        assert "{" not in pattern, f"there is no thing for {pattern}"
        return pattern


async def made_at(counter: Counter, point: str) -> Things:
    """Make them."""
    await counter.code("Teguh Santoso", Role.OFFICER, point)

    async def make(db) -> dict[str, int]:
        colleague = (await staff.find(db, name="Teguh Santoso")).id
        job = {"kind": "import", "staff": colleague, "argument": {"name": "a.csv", "write": False}}
        return {
            "/staf/register/impor": await jobs.plan(db, **job, gathering=True),
            "/staf/register": await rows.application(db, point=point),
            "/staf/petugas": colleague,
        }

    return Things(point, await counter.store.write(make))
