"""A source for tests of the connectors service: letters, each with one reader, as fast or as slow as configured."""

import asyncio

try:
    from connectors_sdk.source import BaseDataSource
except ModuleNotFoundError:  # The service up to 9.2 has no package for sources.
    from connectors.source import BaseDataSource

READERS = ["anna", "ben", "cleo"]


class Letters(BaseDataSource):
    name = "Letters"
    service_type = "letters"
    dls_enabled = True

    @classmethod
    def get_default_configuration(cls):
        return {
            "count": {"label": "Number of letters", "order": 1, "type": "int"},
            "pause": {"label": "Milliseconds between letters", "order": 2, "type": "int", "value": 0},
        }

    async def ping(self):
        pass

    async def get_docs(self, filtering=None):
        for number in range(self.configuration["count"]):
            reader = READERS[number % len(READERS)]
            letter = {"_id": f"letter-{number}", "reader": reader, "text": f"Dear {reader}"}
            if self._features is not None and self._features.document_level_security_enabled():
                letter["_allow_access_control"] = [f"user:{reader}"]
            yield letter, None
            await asyncio.sleep(self.configuration["pause"] / 1000)

    async def get_access_control(self):
        for reader in READERS:
            yield {"_id": reader, "identity": {"username": reader}} | self.access_control_query([f"user:{reader}"])

    def access_control_query(self, access_control):
        terms = {"terms": {"_allow_access_control.keyword": access_control}}
        return {"query": {"template": {"params": {"access_control": access_control}, "source": terms}}}
