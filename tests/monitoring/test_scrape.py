"""What a scrape of a whole office holds."""

import pytest
from prometheus_client.parser import text_string_to_metric_families as parsed

from storage.session import StoreDown


async def test_every_sample_says_which_office_it_is_of(counter, sri, scrape):
    await sri.says("cek status")
    samples = [sample for family in parsed(await scrape()) for sample in family.samples]
    assert len(samples) > 50
    assert {sample.labels.get("office") for sample in samples} == {counter.office.name}


async def test_a_scrape_tells_of_build_memory_and_processor(scrape):
    found = {sample.name: sample for family in parsed(await scrape()) for sample in family.samples}
    assert found["process_resident_memory_bytes"].value > 10_000_000
    assert found["process_cpu_seconds_total"].value > 0
    assert found["loket_build_info"].labels["database"] == "sqlite"


async def test_a_message_that_could_not_be_committed_is_counted(counter, sri, scrape):
    await sri.says("menu")
    await counter.store.close()
    with pytest.raises(StoreDown):
        await sri.says("cek status")
    told = await scrape()
    assert (
        f'loket_turns_total{{channel="telegram",office="{counter.office.name}",outcome="lost"}} 1.0' in told
    )
    assert f'loket_store_failures_total{{kind="write",office="{counter.office.name}"}} 1.0' in told
