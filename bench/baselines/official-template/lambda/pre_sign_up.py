"""The baseline's Pre-SignUp function, rewritten: two look-ups in sequence, with boto3."""

import logging

import boto3

logger = logging.getLogger()
logger.setLevel("INFO")
cognito = boto3.client("cognito-idp")


def is_taken(pool, attribute, value):
    users = cognito.list_users(UserPoolId=pool, Filter=f'{attribute} = "{value}"')["Users"]
    return len(users) > 0


def handler(event, _context):
    pool = event["userPoolId"]
    username = event["userName"].lower()
    email = event["request"]["userAttributes"]["email"].lower()
    if is_taken(pool, "username", username):
        raise ValueError("The username is already registered.")
    if is_taken(pool, "email", email):
        raise ValueError("The email is already registered.")
    logger.info("admitted")
    return event
