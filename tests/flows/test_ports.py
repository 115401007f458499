"""Ports: a taken one is known before anything starts."""

import pytest

from flows.ports import answers, free_port, is_free, listen
from flows.runtime import LOOPBACK
from tracker.errors import TrackerError


def test_a_taken_port_is_refused_in_a_sentence_that_names_the_setting() -> None:
    """Who meets a taken port reads which one, and what to change."""
    with listen(LOOPBACK, 0) as listener:
        port = listener.getsockname()[1]

        with pytest.raises(TrackerError) as refused:
            listen(LOOPBACK, port, setting="DONDOC_WEB_PORT")

        assert refused.value.code == "port-taken"
        assert str(port) in refused.value.sentence("vi")
        assert "DONDOC_WEB_PORT" in refused.value.sentence("en")
        assert not is_free(LOOPBACK, port)
    assert is_free(LOOPBACK, port)


def test_an_address_of_another_machine_is_refused() -> None:
    """An address that is not ours is a setting to mend, not a taken port."""
    with pytest.raises(TrackerError) as refused:
        listen("192.0.2.1", 8710)

    assert refused.value.code == "port-refused"


def test_silence_is_not_an_answer() -> None:
    """A port nobody listens on does not answer."""
    assert not answers(f"http://{LOOPBACK}:{free_port(LOOPBACK)}/health")
