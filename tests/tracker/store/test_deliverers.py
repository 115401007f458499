"""Who holds a lease, and whether that process is still there."""

import subprocess
import sys

import pytest

from tracker.store.deliverers import is_gone, new_owner


def test_a_process_that_runs_is_there() -> None:
    """The name of this very process is not gone, and no two names are the same."""
    assert not is_gone(new_owner())
    assert new_owner() != new_owner()


def test_a_process_that_was_killed_is_gone_even_before_its_parent_looks() -> None:
    """A zombie sends nothing any more: a deliverer killed a moment ago counts as gone."""
    code = "import sys, tracker.store.deliverers as d; print(d.new_owner(), flush=True); sys.stdin.read()"
    child = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with child:
        assert child.stdout is not None
        owner = child.stdout.readline().strip()
        alive = is_gone(owner)
        child.kill()
        child.stdout.read()  # ends when the process has let go of it
        child.wait()

    assert (alive, is_gone(owner)) == (False, True)


@pytest.mark.parametrize(
    "owner",
    [
        pytest.param("elsewhere/12345678/4026531836:1:100:abcd", id="another machine"),
        pytest.param("host:123:abcd", id="a name of another form"),
        pytest.param("", id="no name"),
    ],
)
def test_what_cannot_be_known_is_not_gone(owner: str) -> None:
    """A lease elsewhere runs out by itself: nobody ends it by guessing."""
    assert not is_gone(owner)
