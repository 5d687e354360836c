"""Demonstration data: invented people, insurers and events (interfaces: Commands).

Everything is written through the rooms' own actions, except the bulk of insured persons, which an
import would bring. Nothing here is a real person, company or policy.
"""
